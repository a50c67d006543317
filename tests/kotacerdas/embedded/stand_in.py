"""A stand-in for the API: ready at /readyz, with a child of its own in another session."""

import argparse
import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()

    def log_message(self, *_arguments):
        pass


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--fd", type=int)
    chosen = parser.parse_args()
    grandchild = subprocess.Popen(["sleep", "60"], start_new_session=True)
    print(f"grandchild {grandchild.pid}", flush=True)
    print("x" * 200_000, file=sys.stderr, flush=True)
    server = HTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = socket.socket(fileno=chosen.fd)
    server.serve_forever()
