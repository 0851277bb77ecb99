// Loaded before the emulator, which by itself would listen on every address and outlive the tests. Reads commands from
// standard input: "leave" closes its ports and connections and keeps its data, "return" opens the ports again.
'use strict';

const net = require('node:net');
const readline = require('node:readline');

const listen = net.Server.prototype.listen;
const ports = new Map();
const sockets = new Set();

// A request that is cut off half-way ends kinesalite, and clients that are closed cut some off.
process.on('uncaughtException', (error) => {
  if (error.code !== 'ECONNRESET') {
    console.error(error);
    process.exit(1);
  }
});

net.Server.prototype.listen = function (port, ...rest) {
  this.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  this.once('listening', () => ports.set(this, this.address().port));
  return listen.call(this, port, '127.0.0.1', ...rest);
};

async function leave() {
  const closed = [...ports.keys()].map((server) => new Promise((done) => net.Server.prototype.close.call(server, done)));
  sockets.forEach((socket) => socket.destroy());
  await Promise.all(closed);
}

async function comeBack() {
  await Promise.all([...ports].map(([server, port]) => new Promise((done) => listen.call(server, port, '127.0.0.1', done))));
}

readline
  .createInterface({ input: process.stdin })
  .on('line', async (line) => {
    await (line === 'leave' ? leave() : comeBack());
    console.log(line);
  })
  .on('close', () => process.exit(0));
