@echo off
rem Not 1Password: the vault of the demonstration; see the file `op`.
ping -n 2 127.0.0.1 >nul
>>"%~dp0calls" echo %*
echo sk-demonstration-not-a-real-key
