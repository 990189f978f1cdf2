"""`python -m cadre`: what the launcher at the root hands over to."""

import sys

from cadre.launch.dispatch import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
