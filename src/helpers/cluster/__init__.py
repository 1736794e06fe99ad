"""Executes notebooks on the workers of a Dask scheduler, as `helpers.notebook_runs` does here.

No folder is shared: everything that a notebook may read travels to the workers, once a run, and
what it makes travels back. What a worker has of its own are this source code and the packages, and
both are compared before anything is executed. A worker executes each notebook in a process forked
from a warm one, within the same limits as here; where a worker dies, another takes over.
"""

from helpers.cluster.client import execute_on_cluster

__all__ = ["execute_on_cluster"]
