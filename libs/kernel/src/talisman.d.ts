// talisman 1.1.4 ships no types. CommonJS: the module is the function itself.
declare module 'talisman/phonetics/french/phonetic' {
  function phonetic(word: string): string;
  export = phonetic;
}
