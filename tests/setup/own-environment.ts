import { readFileSync } from "node:fs";

// What the shell says of a real bucket has no say in a test; the SDKs read some of it by themselves.
const ours = [...readFileSync(".env.example", "utf8").matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
// The contract suite against a real store is told where it is, and by which keys, just so.
const forContract = /^(S3_CONTRACT_ENDPOINT|S3_CONTRACT_STORE|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_REGION)$/;

for (const name of Object.keys(process.env)) {
  const isOfServices = ours.includes(name) || /^(AWS|GEMINI|GOOGLE)_/.test(name);
  const isWanted = process.env.S3_CONTRACT_ENDPOINT !== undefined && forContract.test(name);
  if (isOfServices && !isWanted) delete process.env[name];
}

// A test's own S3 clients, too, keep to themselves which Node the SDK would like.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
