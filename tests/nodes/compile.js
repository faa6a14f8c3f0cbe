// Compiles every contract in this folder's `contracts` and prints {name: {abi, bytecode}}.
// Usage: NODE_PATH=FOLDER/node_modules node compile.js
const fs = require("fs");
const path = require("path");
const solc = require("solc");

const folder = path.join(__dirname, "contracts");
const sources = {};
for (const name of fs.readdirSync(folder).sort()) {
  sources[name] = { content: fs.readFileSync(path.join(folder, name), "utf8") };
}
const wanted = { "*": { "*": ["abi", "evm.bytecode.object"] } };
const settings = { outputSelection: wanted, optimizer: { enabled: true }, evmVersion: "cancun" };
const input = { language: "Solidity", sources, settings };
const output = JSON.parse(solc.compile(JSON.stringify(input)));
const errors = (output.errors || []).filter((each) => each.severity === "error");
if (errors.length) {
  console.error(errors.map((each) => each.formattedMessage).join("\n"));
  process.exit(1);
}
const found = {};
for (const file of Object.values(output.contracts)) {
  for (const [name, made] of Object.entries(file)) {
    found[name] = { abi: made.abi, bytecode: "0x" + made.evm.bytecode.object };
  }
}
console.log(JSON.stringify(found));
