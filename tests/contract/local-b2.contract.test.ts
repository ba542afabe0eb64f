import { storageContract } from "./storage-contract.ts";

await storageContract(["b2"]);
