/** Gives the user a file: the browser saves it where it saves downloads. */
export function download(name: string, content: string | Uint8Array, type: string): void {
  const link = document.createElement('a');
  const address = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  link.href = address;
  link.download = name;
  link.click();
  // The download has taken its copy when the present task ends, but not in every browser.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
