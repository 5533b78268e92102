"""Where the single file begins; it is its own Python too, for what is read in a process apart.

`timeliness.tables.apart` starts that process as `sys.executable -I -c CODE`, and here that is this
file.
"""

import sys

if sys.argv[1:3] == ["-I", "-c"]:
    exec(sys.argv[3])
else:
    from timeliness.__main__ import main

    main()
