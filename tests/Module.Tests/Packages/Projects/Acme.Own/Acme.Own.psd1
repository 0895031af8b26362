@{ RootModule = 'Acme.Own.dll'; ModuleVersion = '9.9'; CmdletsToExport = @('Get-Own') }
