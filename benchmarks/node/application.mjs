// What every server of the benchmark does.
export function serve(io) {
  io.on("connection", (socket) => {
    socket.join("room");
    socket.on("msg", (payload) => io.to("room").emit("msg", payload));
    socket.on("echo", (payload, answer) => answer(payload));
  });
}
