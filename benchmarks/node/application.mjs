// What every server of the benchmark does.
export function serve(io) {
  io.on("connection", (socket) => {
    socket.join("room");
    // netty-socketio wants another type for what is binary, and so another name
    for (const prefix of ["", "binary "]) {
      socket.on(`${prefix}msg`, (payload) => io.to("room").emit(`${prefix}msg`, payload));
      socket.on(`${prefix}echo`, (payload, answer) => answer(payload));
    }
  });
}
