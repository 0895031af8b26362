<#
.SYNOPSIS
Writes a page of the docs as an about_ topic, so that Get-Help shows it where there is neither a browser nor a network.
#>
param(
    [Parameter(Mandatory)] [string] $Page,     # a page in Markdown: title, a paragraph that says what it is about, the rest
    [Parameter(Mandatory)] [string] $Target    # about_*.help.txt
)
$ErrorActionPreference = 'Stop'
$width = 80    # of a terminal that nobody made wider

function Get-Plain([string] $Text) { $Text -replace '\[([^\]]+)\]\([^)]+\)', '$1' -replace '\*\*' -replace '(?<!`)`([^`]+)`(?!`)', '$1' }

# The words of a text in lines, the later ones indented by two more when they belong to an item of a list.
function Get-Lines([string] $Text, [int] $Indent) {
    $later = ' ' * ($Indent + ($Text.StartsWith('- ') ? 2 : 0))
    $line = ' ' * $Indent
    $isEmpty = $true
    foreach ($word in (Get-Plain $Text) -split '\s+') {
        if (-not $isEmpty -and $line.Length + 1 + $word.Length -gt $width) {
            $line
            $line = $later
            $isEmpty = $true
        }
        $line += $isEmpty ? $word : " $word"
        $isEmpty = $false
    }
    $line
}

function Get-Cells([string] $Row) { $Row.Trim().Trim('|') -split '(?<!\\)\|' | ForEach-Object { $_.Trim() -replace '\\\|', '|' } }

# A row of a table: what it is about, and below what is said of that. The third and later columns say which they are.
function Get-Row([string[]] $Cells, [string[]] $Heads) {
    Get-Lines $Cells[0] 4
    $said = for ($i = 1; $i -lt $Cells.Count; $i++) { if ($Cells[$i] -notin '', '–') { if ($i -gt 1) { "$($Heads[$i]): $($Cells[$i])" } else { $Cells[$i] } } }
    if ($said) { Get-Lines ($said -join '; ') 8 }
}

$lines = [IO.File]::ReadAllLines($Page)
$text = [Collections.Generic.List[string]]::new()
$open = ''
$isCode = $false
for ($i = 1; $i -lt $lines.Count; $i++) {
    $line = $lines[$i]
    $isFence = $line -match '^\s*```'
    $isRow = -not $isCode -and $line.StartsWith('|')
    $isText = -not ($isCode -or $isFence -or $isRow -or $line -eq '' -or $line -match '^#')
    if ($open -and (-not $isText -or $line -match '^\s*(- |\d+\. )')) {
        $text.AddRange([string[]] @(Get-Lines $open 4))
        $open = ''
    }
    if ($isFence) { $isCode = -not $isCode }
    elseif ($isCode) { $text.Add("      $line") }
    elseif ($isText) { $open = "$open $($line.Trim())".Trim() }
    elseif ($line -match '^#+ (.*)') { $text.Add((Get-Plain $Matches[1]).ToUpperInvariant()) }
    elseif (-not $isRow) { $text.Add('') }
    elseif ("$($lines[$i + 1])" -match '^\|[-|\s]+$') { $heads = Get-Cells $line }
    elseif ($line -notmatch '^\|[-|\s]+$') { $text.AddRange([string[]] @(Get-Row (Get-Cells $line) $heads)) }
}
if ($open) { $text.AddRange([string[]] @(Get-Lines $open 4)) }

$topic = [IO.Path]::GetFileName($Target) -replace '\.help\.txt$'
$first = 0
while ($text[$first] -eq '') { $first++ }
$after = $text.IndexOf('', $first)
$head = 'TOPIC', "    $topic", '', 'SHORT DESCRIPTION'
$short = $text.GetRange($first, $after - $first)
$long = $text.GetRange($after, $text.Count - $after)
[void] [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($Target))
[IO.File]::WriteAllLines($Target, [string[]] @($head; $short; ''; 'LONG DESCRIPTION'; $long))
