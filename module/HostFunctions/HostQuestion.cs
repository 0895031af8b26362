namespace Eformer.Pool.Module.HostFunctions;

/// <summary>The script that asks a host for its commands. It answers with data alone: texts, numbers and lists of them.</summary>
internal static class HostQuestion
{
    /// <summary>How many levels of properties an answer has.</summary>
    public const int Depth = 8;

    /// <summary>The script; its argument is the list of names, with wildcards.</summary>
    /// <remarks>Of what every engine has only. It is the host that runs it, and may answer whatever it likes.</remarks>
    public const string Script = """
        param($Names)
        Microsoft.PowerShell.Core\Set-StrictMode -Off
        foreach ($command in @(Microsoft.PowerShell.Core\Get-Command -Name $Names -CommandType Function, Filter, Cmdlet -ErrorAction Ignore)) {
            $help = try { Microsoft.PowerShell.Core\Get-Help -Name $command.Name -ErrorAction Ignore } catch { $null }
            $texts = @{}
            foreach ($parameter in @($help.parameters.parameter)) {
                if ($parameter.name) { $texts["$($parameter.name)"] = @(foreach ($text in @($parameter.description)) { "$($text.Text)" }) -join "`n" }
            }
            [pscustomobject]@{
                Name       = "$($command.Name)"
                Synopsis   = "$($help.Synopsis)"
                DefaultSet = "$($command.DefaultParameterSet)"
                IsSimple   = [bool]($command -is [System.Management.Automation.FunctionInfo] -and -not $command.CmdletBinding)
                Parameters = @(foreach ($parameter in @($command.Parameters.Values)) {
                    [pscustomobject]@{
                        Name    = "$($parameter.Name)"
                        Aliases = @(foreach ($alias in $parameter.Aliases) { "$alias" })
                        Type    = "$($parameter.ParameterType.FullName)"
                        Values  = @(foreach ($attribute in $parameter.Attributes) {
                            if ($attribute -is [System.Management.Automation.ValidateSetAttribute]) { foreach ($value in $attribute.ValidValues) { "$value" } }
                        })
                        Help    = "$($texts[$parameter.Name])"
                        Sets    = @(foreach ($name in @($parameter.ParameterSets.Keys)) {
                            $set = $parameter.ParameterSets[$name]
                            [pscustomobject]@{
                                Name     = "$name"
                                Position = [int]$set.Position
                                Flags    = @([bool]$set.IsMandatory, [bool]$set.ValueFromPipeline, [bool]$set.ValueFromPipelineByPropertyName, [bool]$set.ValueFromRemainingArguments)
                            }
                        })
                    }
                })
            }
        }
        # What is no command may stand for one.
        foreach ($name in @($Names)) {
            if (-not (Microsoft.PowerShell.Core\Get-Command -Name $name -CommandType Function, Filter, Cmdlet -ErrorAction Ignore)) {
                foreach ($alias in @(Microsoft.PowerShell.Core\Get-Command -Name $name -CommandType Alias -ErrorAction Ignore)) {
                    $target = if ($alias.ResolvedCommand) { $alias.ResolvedCommand.Name } else { $alias.Definition }
                    [pscustomobject]@{ Alias = "$($alias.Name)"; Target = "$target" }
                }
            }
        }
        """;
}
