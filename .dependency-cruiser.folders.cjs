/** Folders, seen without their tests: these wire whatever they test, and would close circles that the product has not. */
const { options } = require("./.dependency-cruiser.cjs");

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-folder-circle",
      comment: "Two folders that import each other have no order in which to be read: move what both need below them.",
      severity: "error",
      scope: "folder",
      from: {},
      to: { circular: true },
    },
  ],
  options: { ...options, exclude: { path: ["^(build|\\.data)/", "\\.test\\.tsx?$"] } },
};
