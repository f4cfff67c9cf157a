#!/usr/bin/env python3
"""Memory of concordances and of complete lists over all of Reuters-21578.

    reuters_memory.py MORGUE INDEX_DIR       1 above the bar

What counts is the most memory a process had, the pages of the index that it looked at included. Only the standard
library is used.
"""

import os
import subprocess
import sys

MOST_MB = 60
COMMANDS = [
    ["kwic", "the"], ["kwic", "a*"], ["kwic", "a*", "--format", "jsonl"], ["kwic", "said", "--sort", "R1,L1,date"],
    ["kwic", "a* w/5 b*"], ["kwic", "*e*", "--limit", "10"],
    ["search", "--all", "the"], ["search", "--all", "a*", "--format", "jsonl"], ["search", "--all", "*", "--format", "json"],
    ["search", "--all", "*", "--format", "csv"], ["search", "--all", "*", "--format", "trec"],
    ["search", "--all", "*", "--sort", "newest", "--format", "json"],
]


def main():
    morgue, index = sys.argv[1:]
    above = 0
    for command in COMMANDS:
        ran = subprocess.Popen([morgue, *command, "--index", index], stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(ran.pid, 0)
        megabytes = used.ru_maxrss / 1024
        failed = os.waitstatus_to_exitcode(status) not in (0, 1)
        above += failed or megabytes > MOST_MB
        print(f"{megabytes:6.1f} MB  {' '.join(command)}{'  failed' if failed else ''}")
    return 1 if above else 0


sys.exit(main())
