import { storageContract } from "./storage-contract.ts";

await storageContract(["aws", "aws-versioned", "aws-suspended"]);
