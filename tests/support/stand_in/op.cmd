@echo off
rem The stand-in for 1Password's `op` on Windows; see the file `op`. Of its own it has `script.cmd` in
rem the place of `script`. Deno puts each argument of a batch file into quotes, which %~1 takes off.
setlocal
set "here=%~dp0"
set "first=%~1"
set "second=%~2"
set "line="
:argument
if "%~1"=="" goto logged
set "line=%line% %~1"
shift
goto argument
:logged
setlocal EnableDelayedExpansion
>>"%here%calls" echo !line:~1!
endlocal

:hold
if exist "%here%hold" (
  "%SystemRoot%\System32\ping.exe" -n 1 127.0.0.1 >nul
  goto hold
)

if exist "%here%deed\status" (
  type "%here%deed\stderr" 1>&2
  type "%here%deed\stdout"
  for /f "usebackq" %%s in ("%here%deed\status") do exit /b %%s
)
if exist "%here%script.cmd" "%here%script.cmd"
if exist "%here%failure" (
  type "%here%failure" 1>&2
  exit /b 1
)

set "words=%first%"
for %%w in (account item vault) do if "%first%"=="%%w" set "words=%first%-%second%"
if exist "%here%answers\%words%" (
  type "%here%answers\%words%"
  exit /b 0
)

set "problem=unknown command "%first%" for "op""
if not "%first%"=="read" goto fail
set "path_=%second:~5%"
for /f "tokens=1,2 delims=/" %%a in ("%path_%") do (
  set "vault=%%a"
  set "item=%%b"
)
set "path_=%path_:/=\%"
for %%f in ("%path_%") do set "field=%%~nxf"
set "could=could not read secret '%second%':"
set "problem=%could% "%vault%" isn't a vault in this account"
if not exist "%here%vault\%vault%\" goto fail
set "problem=%could% "%item%" isn't an item in the "%vault%" vault"
if not exist "%here%vault\%vault%\%item%\" goto fail
set "problem=%could% item '%vault%/%item%' does not have a field '%field%'"
if not exist "%here%vault\%path_%" goto fail
type "%here%vault\%path_%"
exit /b 0

:fail
setlocal EnableDelayedExpansion
echo [ERROR] 2026/01/31 12:00:00 !problem!>&2
exit /b 1
