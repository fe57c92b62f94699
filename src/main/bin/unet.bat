@echo off
rem The command line of U-Net: "unet --help" tells what it can do.
rem Java is taken from UNET_JAVA, from the Fiji that this lies in, from JAVA_HOME,
rem or from the path, in this order, of these the first that is new enough;
rem UNET_JAVA_OPTS goes to Java, UNET_CLASSPATH names further jars, such as that
rem of Bio-Formats.
setlocal
set "home=%~dp0.."
set "java="
if defined UNET_JAVA call :try "%UNET_JAVA%"
if not defined UNET_JAVA if exist "%home%\java" for /r "%home%\java" %%f in (java.exe) do if exist "%%f" call :try "%%f"
if not defined UNET_JAVA if defined JAVA_HOME call :try "%JAVA_HOME%\bin\java.exe"
if not defined UNET_JAVA call :try java
if not defined java (
	echo unet: there is no Java; install Java 11 or newer, or set UNET_JAVA to the java.exe of one. >&2
	exit /b 1
)
set "plugin="
set "several="
for %%f in ("%home%\plugins\UNet_*.jar") do call :plugin "%%f"
if not defined plugin (
	echo unet: there is no UNet_*.jar in the folder plugins; unpack the zip of the plugin anew. >&2
	exit /b 1
)
if defined several (
	echo unet: there are several UNet_*.jar in the folder plugins; delete the old one. >&2
	exit /b 1
)
set "further="
if defined UNET_CLASSPATH set "further=;%UNET_CLASSPATH%"
"%java%" -Djava.awt.headless=true %UNET_JAVA_OPTS% -cp "%plugin%;%home%\lib\unet\host\*;%home%\lib\unet\ij\*%further%" sc.fiji.unet.cli.UNet %*
exit /b %ERRORLEVEL%

rem Takes a Java unless there is one; Java 8, which Fijis have beside a newer one,
rem does not know the option.
:try
if defined java exit /b 0
"%~1" --list-modules <nul >nul 2>&1 && set "java=%~1"
exit /b 0

:plugin
if defined plugin set "several=1"
set "plugin=%~1"
exit /b 0
