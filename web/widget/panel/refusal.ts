import {
  errorBlocked,
  errorContentMismatch,
  errorFileEmpty,
  errorFileLost,
  errorFileNotAccepted,
  errorFileTooLarge,
  errorFileTypeNotAllowed,
  errorImageTooLarge,
  errorImageUnreadable,
  errorTooManyFiles,
} from "../../locales/gen/messages";

/** Why a file or a message was not taken; "" where nothing more can be said. */
export function refusalText({ code, params }: { code: string; params: Record<string, unknown> }): string {
  const said = (name: string) => String(params[name] ?? "");
  switch (code) {
    case "file_empty":
      return errorFileEmpty();
    case "file_too_large":
      return errorFileTooLarge({ max: said("max") });
    case "file_type_not_allowed":
      return errorFileTypeNotAllowed({ types: said("types") });
    case "content_mismatch":
      return errorContentMismatch({ ext: said("ext") });
    case "image_too_large":
      return errorImageTooLarge({ max: said("max") });
    case "image_unreadable":
      return errorImageUnreadable();
    case "too_many_files":
      return errorTooManyFiles({ max: said("max") });
    case "file_lost":
      return errorFileLost();
    case "blocked":
      return errorBlocked();
    case "file_not_accepted":
      return errorFileNotAccepted();
  }
  return "";
}
