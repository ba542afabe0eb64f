/** As far as tests read what it parsed; it brings no types of its own. */
declare module "parse-prometheus-text-format" {
  type Sample = { labels?: Record<string, string>; value: string };
  export default function parsePrometheus(text: string): { name: string; type: string; metrics: Sample[] }[];
}
