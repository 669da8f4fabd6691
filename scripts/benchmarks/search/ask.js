// Asks the client of a site's index under Node: questions by id on stdin, answers with the bytes they cost on stdout.
// The page is played by a few lines: a script that is put into the head is read from the folder and run.
const fs = require("fs");
const path = require("path");
const vm = require("vm");
const zlib = require("zlib");

const [folder, limit] = [process.argv[2], Number(process.argv[3])];
const sizes = new Map();
let fetched = [];

function text(name) {
  const bytes = fs.readFileSync(path.join(folder, name));
  sizes.set(name, zlib.gzipSync(bytes).length);
  return bytes.toString();
}

globalThis.document = {
  createElement: () => ({ remove() {} }),
  head: {
    append(script) {
      const name = path.basename(new URL(script.src).pathname);
      document.currentScript = script;
      vm.runInThisContext(text(name));
      fetched.push(name);
      Promise.resolve().then(script.onload);
    },
  },
};

async function main() {
  vm.runInThisContext(text("client.js"));
  text("material_bridge.js");
  const scripts = sizes.get("client.js") + sizes.get("material_bridge.js");
  const answers = {};
  for (const [id, question] of Object.entries(JSON.parse(fs.readFileSync(0, "utf8")))) {
    fetched = [];
    const started = performance.now();
    // A new visitor for every question: nothing is kept from the one before.
    const found = await kbSearch.open(`http://site/${encodeURIComponent(id)}/`).search(question, limit);
    const took = performance.now() - started;
    const pieces = fetched.reduce((sum, name) => sum + sizes.get(name), 0);
    answers[id] = {
      found: found.map((hit) => hit.url),
      first: scripts + pieces,
      further: pieces - sizes.get("manifest.js"),
      requests: fetched.length,
      ms: took,
    };
  }
  console.log(JSON.stringify(answers));
}

main();
