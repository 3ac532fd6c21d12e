"""Runs the fuzzing client or the fuzzing server of the Autobahn testsuite, and nothing else of it. For Python 2.7.

usage: suite.py client SPEC    attacks the server that SPEC names, writes its reports and ends
       suite.py server SPEC    prints the port on which it listens, and writes its reports when a client asks for them

The suite's own program, wstest, loads far more than it needs for this, TLS among it. SPEC is a file as wstest takes it;
what the suite prints goes to standard error.
"""

import gc
import json
import os
import sys
import types


def stand_in(name, **attributes):
    """Puts a module in place of one that is not there and is not needed."""
    module = types.ModuleType(name)
    module.__dict__.update(attributes)
    sys.modules[name] = module
    return module


def load_fuzzing():
    """The suite's module `fuzzing`, without what its package would import on the way."""
    import twisted.internet

    # Only ws:// is spoken, but the suite makes a context of TLS all the same.
    context = type("ClientContextFactory", (object,), {})
    twisted.internet.ssl = stand_in("twisted.internet.ssl", ClientContextFactory=context)
    folders = (os.path.join(folder, "autobahntestsuite") for folder in sys.path)
    folder = next(folder for folder in folders if os.path.isdir(folder))
    stand_in(
        "pkg_resources",
        declare_namespace=lambda package: None,
        resource_filename=lambda package, name: os.path.join(folder, name),
    )
    version = {}
    with open(os.path.join(folder, "_version.py")) as source:
        exec(source.read(), version)
    stand_in("autobahntestsuite", __path__=[folder], version=version["__version__"])
    from autobahntestsuite import fuzzing

    return fuzzing


def forget_finished_cases(protocol):
    """Has each case take its timers along when it ends.

    The suite lets them run for one or two minutes more, and each holds all that its case sent and received: PyPy grew to
    ten gigabytes.
    """
    from twisted.internet import reactor

    def later(self, delay, function):
        self.__dict__.setdefault("timers", []).append(reactor.callLater(delay, function))

    def kill_after(self, delay):
        self.wirelog.append(("KL", delay))
        later(self, delay, self.executeKillAfter)

    def close_after(self, delay):
        self.wirelog.append(("TI", delay))
        later(self, delay, self.executeCloseAfter)

    report_case = protocol.connectionLost

    def connection_lost(self, reason):
        report_case(self, reason)
        for timer in self.__dict__.pop("timers", []):
            if timer.active():
                timer.cancel()
        gc.collect()

    protocol.killAfter, protocol.closeAfter, protocol.connectionLost = kill_after, close_after, connection_lost


def as_bytes(value):
    """What JSON gives as unicode, as the strings of Python 2 that the suite expects."""
    if isinstance(value, dict):
        return dict((as_bytes(key), as_bytes(item)) for key, item in value.items())
    if isinstance(value, list):
        return [as_bytes(item) for item in value]
    return value.encode("utf-8") if isinstance(value, unicode) else value  # noqa: F821


def serve(fuzzing, spec, out):
    """Listens on a free port of this machine, and says which once it does."""
    from twisted.internet import reactor

    factory = fuzzing.FuzzingServerFactory(spec)
    port = reactor.listenTCP(0, factory, interface="127.0.0.1").getHost().port
    # It compares the port with the one that a client's request names.
    factory.port = factory.externalPort = port
    out.write("%d\n" % port)
    out.flush()


def main():
    out, sys.stdout = sys.stdout, sys.stderr
    role, path = sys.argv[1:]
    with open(path) as file:
        spec = as_bytes(json.load(file))
    fuzzing = load_fuzzing()
    forget_finished_cases(fuzzing.FuzzingProtocol)
    from twisted.internet import reactor

    if role == "client":
        fuzzing.startClient(spec)
    else:
        serve(fuzzing, spec, out)
    reactor.run()


main()
