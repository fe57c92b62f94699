@echo off
rem The command line of U-Net: "unet --help" tells what it can do.
rem Java is taken from UNET_JAVA, from the Fiji that this lies in, from JAVA_HOME,
rem or from the path, in this order; UNET_JAVA_OPTS goes to Java, UNET_CLASSPATH
rem names further jars, such as that of Bio-Formats.
setlocal
set "home=%~dp0.."
set "java=%UNET_JAVA%"
if not defined java if exist "%home%\java" for /r "%home%\java" %%f in (java.exe) do if exist "%%f" set "java=%%f"
if not defined java if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if not defined java set "java=java"
set "further="
if defined UNET_CLASSPATH set "further=;%UNET_CLASSPATH%"
for %%f in ("%home%\plugins\UNet_*.jar") do set "plugin=%%f"
"%java%" -Djava.awt.headless=true %UNET_JAVA_OPTS% -cp "%plugin%;%home%\lib\unet\host\*;%home%\lib\unet\ij\*%further%" sc.fiji.unet.cli.UNet %*
exit /b %ERRORLEVEL%
