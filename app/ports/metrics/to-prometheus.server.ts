import { Counter, Gauge, Registry } from "prom-client";

/** A number by its labels; `value` in the unit that the name ends with. A counter only grows, but for a restored database. */
export type Metric = {
  name: string;
  help: string;
  type: "counter" | "gauge";
  samples: { labels?: Record<string, string>; value: number }[];
};

/** The body in Prometheus's text format, and the content type that says so. */
export type MetricsPage = { body: string; contentType: string };

/** Writes numbers that were just read: nothing of them is kept. */
export async function toPrometheus(metrics: readonly Metric[]): Promise<MetricsPage> {
  const registry = new Registry();
  for (const { name, help, type, samples } of metrics) {
    // The library would write 0 for it, which no one has counted.
    if (samples.length === 0) continue;
    const labelNames = [...new Set(samples.flatMap(({ labels }) => Object.keys(labels ?? {})))];
    const options = { name, help, labelNames, registers: [registry] };
    const metric = type === "counter" ? new Counter(options) : new Gauge(options);
    for (const { labels = {}, value } of samples) metric.inc(labels, value);
  }
  return { body: await registry.metrics(), contentType: registry.contentType };
}
