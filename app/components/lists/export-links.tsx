import { Download } from "lucide-react";
import { ButtonLink } from "~/components/ui/forms/button";

type ExportLinksProps = {
  /** The address of the file without its ending: “/audit-log/events”. */
  path: string;
  /** The filter: the file holds all that it keeps, not only the page that is shown. */
  params: URLSearchParams;
  /** What the file holds, for who does not see what stands around the links. */
  what: string;
};

/** A list as a file. */
export function ExportLinks({ path, params, what }: ExportLinksProps) {
  const query = params.size > 0 ? `?${params}` : "";
  return (
    <div className="flex gap-2">
      {(["csv", "json"] as const).map((format) => (
        <ButtonLink key={format} to={`${path}.${format}${query}`} reloadDocument download>
          <Download aria-hidden />
          <span>
            <span className="sr-only">Export {what} as </span>
            {format.toUpperCase()}
          </span>
        </ButtonLink>
      ))}
    </div>
  );
}
