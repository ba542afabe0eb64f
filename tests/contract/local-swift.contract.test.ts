import { storageContract } from "./storage-contract.ts";

await storageContract(["swift"]);
