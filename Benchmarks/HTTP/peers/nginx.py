"""nginx's `return`, which answers the same bytes without reading or making anything: what HTTP alone costs here."""
import os
import pathlib
import socket
import tempfile

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
folder = pathlib.Path(tempfile.mkdtemp(prefix="lm-nginx-"))
body = '{"id":42,"name":"Photosynthesis","tags":["biology","plants"],"done":false}'
(folder / "nginx.conf").write_text(f"""
daemon off; master_process off; worker_processes 1; error_log {folder}/error.log; pid {folder}/pid;
events {{ worker_connections 4096; }}
http {{
  access_log off; keepalive_requests 1000000000; client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{ listen 127.0.0.1:{port}; location = /json {{ default_type application/json; return 200 '{body}'; }} }}
}}
""")
print(f"listening on {port}", flush=True)
os.execvp("nginx", ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")])
