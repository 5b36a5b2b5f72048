/** Cameras with people before them and screens with text on them, drawn: what Chromium's own fake devices show is a test picture. */
export function furnish(context, { hue }) {
  return context.addInitScript((colour) => {
    const film = (width, height, paint) => {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width, height });
      const drawn = canvas.getContext('2d');
      let turn = 0;
      const again = () => paint(drawn, turn++);
      again();
      const timer = window.setInterval(again, 100);
      const stream = canvas.captureStream(10);
      const [track] = stream.getTracks();
      const stop = track.stop.bind(track);
      track.stop = () => {
        window.clearInterval(timer);
        stop();
      };
      return stream;
    };
    const somebody = () =>
      film(1280, 720, (drawn, turn) => {
        const wall = drawn.createLinearGradient(0, 0, 1280, 720);
        wall.addColorStop(0, `hsl(${colour} 32% 74%)`);
        wall.addColorStop(1, `hsl(${colour + 40} 30% 46%)`);
        drawn.fillStyle = wall;
        drawn.fillRect(0, 0, 1280, 720);
        drawn.fillStyle = '#ffffff33';
        drawn.fillRect(120, 80, 300, 380);
        const nod = 4 * Math.sin(turn / 6);
        drawn.fillStyle = `hsl(${colour} 38% 28%)`;
        drawn.beginPath();
        drawn.ellipse(700, 800, 330, 330, 0, 0, 7);
        drawn.fill();
        drawn.fillStyle = '#e6bd9c';
        drawn.fillRect(650, 430 + nod, 100, 90);
        drawn.beginPath();
        drawn.ellipse(700, 320 + nod, 125, 155, 0, 0, 7);
        drawn.fill();
        drawn.fillStyle = `hsl(${colour - 90} 35% 18%)`;
        drawn.beginPath();
        drawn.ellipse(700, 235 + nod, 142, 95, 0, 3.1, 6.3);
        drawn.fill();
        for (const eye of [650, 750]) {
          drawn.beginPath();
          drawn.ellipse(eye, 315 + nod, 9, 11, 0, 0, 7);
          drawn.fill();
        }
        drawn.lineWidth = 7;
        drawn.strokeStyle = '#8c4a3c';
        drawn.beginPath();
        drawn.arc(700, 360 + nod, 52, 0.5, 2.6);
        drawn.stroke();
      });
    const paper = () =>
      film(1280, 800, (drawn) => {
        drawn.fillStyle = '#f4f1ea';
        drawn.fillRect(0, 0, 1280, 800);
        drawn.fillStyle = '#22484a';
        drawn.fillRect(0, 0, 1280, 64);
        drawn.fillStyle = '#ffffff';
        drawn.font = '600 28px sans-serif';
        drawn.fillText('The new barn: timber list', 40, 42);
        drawn.fillStyle = '#1d2322';
        drawn.font = '26px sans-serif';
        const lines = [
          '24 posts, oak, 18 × 18 cm',
          '16 beams, spruce, 12 × 24 cm',
          '120 boards, larch, 4 m',
          '6 doors, 2 of them wide',
        ];
        for (const [row, line] of lines.entries()) {
          drawn.fillText(line, 80, 150 + row * 64);
          drawn.fillRect(40, 176 + row * 64, 1200, 1);
        }
        for (const [column, height] of [150, 220, 120, 260, 190].entries()) {
          drawn.fillStyle = `hsl(${170 + column * 12} 40% 42%)`;
          drawn.fillRect(760 + column * 90, 730 - height, 60, height);
        }
      });
    const media = navigator.mediaDevices;
    const original = media.getUserMedia.bind(media);
    media.getUserMedia = async (wish) => (wish.video ? somebody() : original(wish));
    media.getDisplayMedia = async () => paper();
  }, hue);
}

/** From now on the connections of this page say that half of what comes is lost, and that the line is slow. */
export function weaken(page) {
  return page.evaluate(() => {
    const real = window.RTCPeerConnection.prototype.getStats;
    const began = Date.now();
    window.RTCPeerConnection.prototype.getStats = async function () {
      const told = new Map();
      (await real.call(this)).forEach((entry) => {
        const more = {};
        if (entry.type === 'inbound-rtp') more.packetsLost = Math.round((Date.now() - began) / 20);
        if (entry.type === 'candidate-pair') more.currentRoundTripTime = 0.42;
        told.set(entry.id, { ...entry, ...more });
      });
      return told;
    };
  });
}
