"""One dwell of an unrolled pot by SciPy's LSODA.

Reads JSON from standard input: n, y0, duration, rtol, atol, limit (seconds), and the reactions as arrays: k, reactants (three
components for each reaction, n where there are fewer), rows, columns and values of the net stoichiometry. Writes JSON: seconds, steps
(evaluations of the right-hand side) and y, or an error. Only the integration is timed.
"""
import json
import signal
import sys
import time

import numpy
import scipy
from scipy.integrate import LSODA
from scipy.sparse import csr_matrix


class Late(Exception):
    pass


def late(_signal, _frame):
    raise Late()


def main():
    job = json.load(sys.stdin)
    n = job["n"]
    k = numpy.array(job["k"])
    first, second, third = numpy.array(job["reactants"], dtype=int).reshape(-1, 3).T
    net = csr_matrix((job["values"], (job["rows"], job["columns"])), shape=(n, len(k)))
    padded = numpy.ones(n + 1)

    def rhs(_t, y):
        padded[:n] = y
        return net @ (k * padded[first] * padded[second] * padded[third])

    signal.signal(signal.SIGALRM, late)
    signal.alarm(job["limit"])
    begun = time.process_time()
    try:
        solver = LSODA(rhs, 0.0, numpy.array(job["y0"]), job["duration"], rtol=job["rtol"], atol=job["atol"])
        while solver.status == "running":
            solver.step()
        seconds = time.process_time() - begun
        signal.alarm(0)
        print(json.dumps({"seconds": seconds, "evaluations": solver.nfev, "status": solver.status, "y": solver.y.tolist(), "version": scipy.__version__}))
    except (Late, MemoryError) as error:
        print(json.dumps({"error": "memory" if isinstance(error, MemoryError) else "time", "seconds": time.process_time() - begun, "version": scipy.__version__}))


main()
