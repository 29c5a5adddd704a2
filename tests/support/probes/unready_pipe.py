"""Runs a program whose stdout or stderr is a small pipe that never blocks, full at first and emptied
slowly. Arguments: 1 or 2, then the program and its arguments. Prints what came through the pipe."""

import fcntl
import os
import subprocess
import sys
import time

PAGE = 4096
F_SETPIPE_SZ = 1031

descriptor, *command = sys.argv[1:]
reading, writing = os.pipe()
fcntl.fcntl(writing, F_SETPIPE_SZ, PAGE)
fcntl.fcntl(writing, fcntl.F_SETFL, fcntl.fcntl(writing, fcntl.F_GETFL) | os.O_NONBLOCK)
os.write(writing, b"." * PAGE)
child = subprocess.Popen(command, **{"stdout" if descriptor == "1" else "stderr": writing})
os.close(writing)
time.sleep(0.3)
came = b""
while chunk := os.read(reading, 1000):
    came += chunk
    time.sleep(0.001)
status = child.wait()
os.write(int(descriptor), came[PAGE:])
sys.exit(status)
