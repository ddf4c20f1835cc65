import { problemResponse } from "@espigon/service_kit";

/**
 * Lets through only `POST` with a JSON body, which no HTML form and no foreign page can send without a preflight.
 * @returns the refusal, or undefined.
 */
export function refuseUnlessJsonPost(request: Request): Response | undefined {
  if (request.method !== "POST") {
    return problemResponse(
      { type: "about:blank", title: "Queries are sent by POST", status: 405, code: "METHOD_NOT_ALLOWED" },
      { allow: "POST" },
    );
  }
  const [mediaType] = (request.headers.get("content-type") ?? "").split(";");
  if (mediaType?.trim().toLowerCase() !== "application/json") {
    return problemResponse({
      type: "about:blank",
      title: "Queries are sent as application/json",
      status: 415,
      code: "UNSUPPORTED_MEDIA_TYPE",
    });
  }
  return undefined;
}
