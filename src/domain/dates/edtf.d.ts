/** The part of the edtf package that this project uses. The package has no types. */
declare module 'edtf' {
  export default function edtf(text: string): { readonly type: string };
}
