/** What this project uses of the edtf package, which ships no types. */
declare module 'edtf' {
  export default function edtf(text: string): { readonly type: string };
}
