import { Status } from "~/components/ui/status";
import { explainFinish } from "~/draw-reasons";

type EndedWithProps = {
  generation: { finishReason: string | null; image: object | null; told: string | null };
};

/** Whether a generation brought no picture for a reason of the model's. */
export const isRefused = ({ finishReason, image, told }: EndedWithProps["generation"]): boolean =>
  image === null && told === null && finishReason !== null && finishReason.toUpperCase() !== "STOP";

/** How the model ended, in its own word; one that brought no picture stands out. */
export function EndedWith({ generation }: EndedWithProps) {
  const { finishReason } = generation;
  if (isRefused(generation)) return <Status tone="bad">{finishReason}</Status>;
  return <>{finishReason ?? "Not said"}</>;
}

/** What a model's reason means, and what to change. */
export function FinishAdvice({ finishReason, error }: { finishReason: string; error: string | null }) {
  const { reason, advice } = explainFinish(finishReason);
  return <p className="text-sm [overflow-wrap:anywhere]">{error ?? `${reason} ${advice}`}</p>;
}
