@echo off
rem The stand-in for 1Password's `op` on Windows; see the file `op`. It knows no hold and no script.
setlocal
set "here=%~dp0"
>>"%here%calls" echo %1 %~2 %3 %~4
if exist "%here%failure" (
  type "%here%failure" 1>&2
  exit /b 1
)
set "words=%~1"
for %%w in (account item vault) do if "%~1"=="%%w" set "words=%~1-%~2"
if exist "%here%answers\%words%" (
  type "%here%answers\%words%"
  exit /b 0
)
set "path_=%~2"
set "path_=%path_:~5%"
set "path_=%path_:/=\%"
if not exist "%here%vault\%path_%" (
  echo [ERROR] 2026/01/31 12:00:00 could not read secret '%~2': item does not have a field 1>&2
  exit /b 1
)
type "%here%vault\%path_%"
