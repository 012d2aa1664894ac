"""The benchmark runner behind bench/run.

  case.py       what is run: a case is a program with its arguments and its known answer
  suites.py     the parts that bench/run knows, each a list of cases
  kernels.py, workloads.py   ... those that are prepared and compiled first
  peer.py       by whom: the virtual machines
  process.py    one run of one process, and what it cost
  measure.py    interleaved runs of all peers on all cases
  results.py    what was measured; as CSV files, and read back
  summary.py    medians, ratios, geometric means
  text.py       the summary as tables of text
  page.py, plot.py   the summary as one HTML page, and the plots on it
"""
