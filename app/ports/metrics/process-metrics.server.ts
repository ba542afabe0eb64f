import { collectDefaultMetrics, Histogram, Registry } from "prom-client";
import type { StorageCall } from "~/ports/storage/wire/time-calls.server";
import type { MetricsPage } from "./to-prometheus.server";

const HTTP_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const S3_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

/** A request that was answered; `page` is of a closed list, however many addresses are asked for. */
export type AnsweredRequest = { method: string; page: string; status: number; seconds: number };

/** What this process alone knows: its requests, its calls to the bucket, and how its event loop and memory do. */
export type ProcessMetrics = {
  observeRequest(request: AnsweredRequest): void;
  observeStorageCall(call: StorageCall): void;
  read(): Promise<MetricsPage>;
};

/** Counts from now on. @param process each line carries it as its label */
export function createProcessMetrics(process: "web" | "worker"): ProcessMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ process });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: "diffs_ops_http_request_seconds",
    help: "Requests that were answered, by the first part of their address.",
    labelNames: ["method", "page", "status"],
    buckets: HTTP_SECONDS,
    registers,
  });
  const calls = new Histogram({
    name: "diffs_ops_s3_call_seconds",
    help: "Attempts of S3 calls until their answer began; answer is a status, or none.",
    labelNames: ["command", "answer"],
    buckets: S3_SECONDS,
    registers,
  });
  return {
    observeRequest: ({ seconds, ...labels }) => requests.observe(labels, seconds),
    observeStorageCall: ({ seconds, ...labels }) => calls.observe(labels, seconds),
    read: async () => ({ body: await registry.metrics(), contentType: registry.contentType }),
  };
}
