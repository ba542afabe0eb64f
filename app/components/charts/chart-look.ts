/** How charts look, from the page's own variables. */
export const tick = { fill: "var(--muted)", fontSize: 12 };

export const tooltipLook = {
  isAnimationActive: false,
  contentStyle: {
    background: "var(--surface)",
    border: "1px solid var(--line)",
    borderRadius: 6,
    fontSize: 12,
    boxShadow: "var(--shadow-float)",
  },
  labelStyle: { color: "var(--muted)" },
} as const;
