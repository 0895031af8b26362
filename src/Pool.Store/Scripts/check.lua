-- Asks nothing but whether scripts run here.
return 'fit'
