"""One message from a backend to its page. TAYORI_URL and TAYORI_PUBLIC_URL say where Tayori is."""
import html, http.server, os, pathlib, string, urllib.parse
from google.appengine.api import channel

PAGE = string.Template(pathlib.Path(__file__).with_name("index.html").read_text("utf-8"))
TAYORI = os.environ.get("TAYORI_PUBLIC_URL", "http://127.0.0.1:8080").rstrip("/")

class Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # the page, with a token of its own
        token = channel.create_channel("hello")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.substitute(tayori=html.escape(TAYORI), token=html.escape(token)).encode())

    def do_POST(self):  # the button; 204 leaves the page where it is
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        channel.send_message("hello", form["text"][0])
        self.send_response(204)
        self.end_headers()

server = http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "0"))), Hello)
print(f"http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()
