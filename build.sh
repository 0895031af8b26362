#!/usr/bin/env bash
# One entry for everything: ./build.sh [build|test|quickstart|bench|package]. The work is in build/Verbs.proj.
# What follows bench goes to the program: ./build.sh bench --quick --json figures.json
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
verb=${1:-build}
case $verb in
  build | test | quickstart | bench | package) ;;
  *) echo "usage: ./build.sh [build|test|quickstart|bench|package]" >&2; exit 2 ;;
esac
command -v dotnet >/dev/null || { echo "The .NET 10 SDK is needed: no 'dotnet' on PATH." >&2; exit 2; }
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off
# By way of the environment, where neither blanks nor semicolons mean anything to MSBuild.
export BenchArguments=
if (($# > 1)); then printf -v BenchArguments '"%s" ' "${@:2}"; fi
exec dotnet msbuild build/Verbs.proj -t:"$verb" -nologo -v:minimal -m -nodeReuse:false
