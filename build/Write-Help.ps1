<#
.SYNOPSIS
Writes the help of the cmdlets from what the sources say of them: descriptions from documentation comments, examples from module/en-US.

.DESCRIPTION
Runs in the built module's own session, so that parameter sets, positions and types are those that users get.
#>
param(
    [Parameter(Mandatory)] [string] $Documentation,    # the module's XML documentation
    [Parameter(Mandatory)] [string] $Examples,
    [Parameter(Mandatory)] [string] $Target
)
$ErrorActionPreference = 'Stop'
$command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
$maml = 'http://schemas.microsoft.com/maml/2004/10'
$dev = 'http://schemas.microsoft.com/maml/dev/2004/10'
$common = [Management.Automation.Cmdlet]::CommonParameters
$engines = @{
    WhatIf  = 'Shows what would be done, and does nothing.'
    Confirm = 'Asks before anything is done.'
}

$comments = @{}
$document = [xml]::new()
$document.Load($Documentation)
foreach ($member in $document.SelectNodes('/doc/members/member')) { $comments[$member.GetAttribute('name')] = $member }
$examplesOf = @{}
$document = [xml]::new()
$document.Load($Examples)
foreach ($entry in $document.SelectNodes('/examples/command')) { $examplesOf[$entry.GetAttribute('name')] = $entry }

# The text of a comment: references by their last name, white space folded.
function Get-Text([Xml.XmlElement] $Comment, [string] $Part) {
    $node = if ($Comment) { $Comment.SelectSingleNode($Part) }
    if (-not $node) { return '' }
    foreach ($reference in @($node.SelectNodes('.//see'))) {
        $name = "$($reference.GetAttribute('cref'))$($reference.GetAttribute('langword'))" -replace '\(.*' -replace '^.*[.:]'
        [void] $reference.ParentNode.ReplaceChild($node.OwnerDocument.CreateTextNode($name), $reference)
    }
    ($node.InnerText -replace '\s+', ' ').Trim()
}

# The property behind a parameter: the nearest, for one may hide another. None behind those that are the engine's own.
function Get-Property([Type] $Type, [string] $Name) {
    for (; $Type; $Type = $Type.BaseType) {
        $property = $Type.GetProperty($Name, [Reflection.BindingFlags] 'Instance, Public, DeclaredOnly')
        if ($property) { return $property }
    }
}

# As users write it: int[], string, PlacementStrategy.
function Get-TypeName([Type] $Type) {
    if ($Type.IsArray) { return "$(Get-TypeName $Type.GetElementType())[]" }
    $plain = [Nullable]::GetUnderlyingType($Type) ?? $Type
    switch ($plain) {
        ([int]) { 'int' }
        ([string]) { 'string' }
        ([object]) { 'object' }
        default { $plain.Name }
    }
}

function Write-Paragraph([string] $Element, [string] $Namespace, [string] $Text) {
    $xml.WriteStartElement($Element, $Namespace)
    if ($Text) { $xml.WriteElementString('para', $maml, $Text) }
    $xml.WriteEndElement()
}

function Write-Parameter($Parameter, [Reflection.PropertyInfo] $Property, [bool] $WithText) {
    $position = if ($Parameter.Position -ge 0) { [string] $Parameter.Position } else { 'named' }
    $pipeline = if ($Parameter.ValueFromPipeline) { 'True (ByValue)' } elseif ($Parameter.ValueFromPipelineByPropertyName) { 'True (ByPropertyName)' } else { 'False' }
    $wildcards = $Property -and $Property.GetCustomAttributes([Management.Automation.SupportsWildcardsAttribute], $true).Count -gt 0
    $xml.WriteStartElement('parameter', $command)
    $xml.WriteAttributeString('required', $Parameter.IsMandatory.ToString().ToLowerInvariant())
    $xml.WriteAttributeString('globbing', $wildcards.ToString().ToLowerInvariant())
    $xml.WriteAttributeString('pipelineInput', $pipeline)
    $xml.WriteAttributeString('position', $position)
    $xml.WriteAttributeString('aliases', $(if ($Parameter.Aliases.Count) { $Parameter.Aliases -join ', ' } else { 'none' }))
    $xml.WriteElementString('name', $maml, $Parameter.Name)
    if ($WithText) {
        $text = if ($Property) { Get-Text $comments["P:$($Property.DeclaringType.FullName).$($Property.Name)"] 'summary' } else { $engines[$Parameter.Name] }
        Write-Paragraph 'description' $maml $text
    }
    Write-Value ([Nullable]::GetUnderlyingType($Parameter.ParameterType) ?? $Parameter.ParameterType)
    $xml.WriteEndElement()
}

function Write-Value([Type] $Type) {
    if ($Type -eq [switch]) { return }
    if ($Type.IsEnum) {
        $xml.WriteStartElement('parameterValueGroup', $command)
        foreach ($name in [Enum]::GetNames($Type)) { Write-ValueName $name 'false' }
        $xml.WriteEndElement()
    }
    Write-ValueName (Get-TypeName $Type) 'true'
}

function Write-ValueName([string] $Name, [string] $Required) {
    $xml.WriteStartElement('parameterValue', $command)
    $xml.WriteAttributeString('required', $Required)
    $xml.WriteString($Name)
    $xml.WriteEndElement()
}

function Write-Command([Management.Automation.CmdletInfo] $Cmdlet) {
    $type = $Cmdlet.ImplementingType
    $comment = $comments["T:$($type.FullName)"]
    $xml.WriteStartElement('command', $command)
    $xml.WriteStartElement('details', $command)
    $xml.WriteElementString('name', $command, $Cmdlet.Name)
    $xml.WriteElementString('verb', $command, $Cmdlet.Verb)
    $xml.WriteElementString('noun', $command, $Cmdlet.Noun)
    Write-Paragraph 'description' $maml (Get-Text $comment 'summary')
    $xml.WriteEndElement()
    Write-Paragraph 'description' $maml ("$(Get-Text $comment 'summary') $(Get-Text $comment 'remarks')".Trim())
    $xml.WriteStartElement('syntax', $command)
    foreach ($set in $Cmdlet.ParameterSets) {
        $xml.WriteStartElement('syntaxItem', $command)
        $xml.WriteElementString('name', $maml, $Cmdlet.Name)
        foreach ($parameter in $set.Parameters) {
            if ($parameter.Name -notin $common) { Write-Parameter $parameter (Get-Property $type $parameter.Name) $false }
        }
        $xml.WriteEndElement()
    }
    $xml.WriteEndElement()
    $xml.WriteStartElement('parameters', $command)
    $written = @{}
    foreach ($parameter in @($Cmdlet.ParameterSets.Parameters)) {
        if ($parameter.Name -notin $common -and -not $written[$parameter.Name]) {
            $written[$parameter.Name] = $true
            Write-Parameter $parameter (Get-Property $type $parameter.Name) $true
        }
    }
    $xml.WriteEndElement()
    $xml.WriteStartElement('returnValues', $command)
    foreach ($output in $Cmdlet.OutputType) {
        $xml.WriteStartElement('returnValue', $command)
        $xml.WriteStartElement('type', $dev)
        $xml.WriteElementString('name', $maml, $output.Name)
        $xml.WriteEndElement()
        $xml.WriteEndElement()
    }
    $xml.WriteEndElement()
    Write-Example $Cmdlet.Name
    $xml.WriteEndElement()
}

function Write-Example([string] $Name) {
    $xml.WriteStartElement('examples', $command)
    $number = 0
    foreach ($example in $(if ($examplesOf[$Name]) { $examplesOf[$Name].SelectNodes('example') })) {
        $number++
        $xml.WriteStartElement('example', $command)
        $xml.WriteElementString('title', $maml, "---------- Example ${number}: $($example.GetAttribute('title')) ----------")
        $xml.WriteElementString('code', $dev, (Get-Code $example.InnerText))
        $xml.WriteElementString('remarks', $dev, '')
        $xml.WriteEndElement()
    }
    $xml.WriteEndElement()
}

# Without the indentation that it has in its file.
function Get-Code([string] $Text) {
    $lines = $Text.Trim("`r", "`n", ' ') -split '\r?\n'
    ($lines -replace '^ {6}') -join "`n"
}

[void] [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($Target))
$settings = [Xml.XmlWriterSettings]::new()
$settings.Indent = $true
$xml = [Xml.XmlWriter]::Create($Target, $settings)
try {
    $xml.WriteStartElement('helpItems', 'http://msh')
    $xml.WriteAttributeString('schema', 'maml')
    foreach ($cmdlet in Get-Command -Module Eformer.Pool -CommandType Cmdlet) { Write-Command $cmdlet }
    $xml.WriteEndElement()
} finally {
    $xml.Dispose()
}
