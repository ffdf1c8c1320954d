@echo off
rem Starts the provider plugin; the engine finds it by this name.
set "main=%~dp0..\dist\importers\provider\bundle\main.js"
if not exist "%main%" (
  echo plugin-not-built: %main% is missing. Run `npm ci` or `npm run build` in %~dp0.. 1>&2
  exit /b 1
)
node "%main%" %*
