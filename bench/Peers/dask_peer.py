"""Dask on this machine: a cluster of 8 worker processes and a client. See PeerProgram; with "cold" one answer and the end."""
import logging
import sys
import time

from distributed import Client, LocalCluster

HOSTS = 8
WARM_UP = 100


def nothing():
    pass


def one():
    return 1


def integers():
    return list(range(10000))


def expect(condition, what):
    if not condition:
        sys.exit("Dask: " + what)


def noop(client):
    expect(len(client.run(nothing)) == HOSTS, "not every worker answered")


def integers_from_all(client):
    expect(sum(len(part) for part in client.run(integers).values()) == HOSTS * 10000, "not every integer arrived")


def main():
    # Workers that take long to end are complained about at the end, when nothing is measured any more.
    logging.getLogger("distributed.nanny").setLevel(logging.CRITICAL)
    works = {"no-op": noop, "integers": integers_from_all}
    cluster = LocalCluster(n_workers=HOSTS, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1")
    with cluster, Client(cluster) as client:
        if sys.argv[1:] == ["cold"]:
            print("results", len(client.run(one)), flush=True)
            return
        for _ in range(WARM_UP):
            noop(client)
        print("ready", flush=True)
        for line in sys.stdin:
            start = time.perf_counter()
            works[line.strip()](client)
            print("took", time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main()
