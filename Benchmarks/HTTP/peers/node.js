// Node's own HTTP server: what `http-bench` serves, from an async handler.
const http = require("node:http");

async function load() {
  await null;
  return { id: 42, name: "Photosynthesis", tags: ["biology", "plants"], done: false };
}

const server = http.createServer(async (request, response) => {
  if (request.url === "/json") {
    const body = JSON.stringify(await load());
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
    response.end(body);
  } else if (request.url === "/stream") {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write("data: open\n\n");
    const timer = setInterval(() => response.write(":\n\n"), 15_000);
    response.on("close", () => clearInterval(timer));
  } else {
    response.writeHead(404).end();
  }
});
server.listen(0, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
