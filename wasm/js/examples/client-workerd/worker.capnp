# workerd serve worker.capnp; curl -d Hello http://127.0.0.1:8787/
#
# `npm install ws101 workerd` beside this file; a bundler that knows the condition `workerd` finds the same two files.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .client),
    # An echo server on this machine is not on the public network.
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "main")],
);

const client :Workerd.Worker = (
  compatibilityDate = "2026-04-01",
  bindings = [(name = "ADDRESS", text = "127.0.0.1:8080")],
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "ws101", esModule = embed "node_modules/ws101/dist/workerd.js"),
    (name = "ws101.wasm", wasm = embed "node_modules/ws101/dist/ws101.wasm"),
  ],
);
