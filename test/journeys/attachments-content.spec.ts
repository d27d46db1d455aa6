import { exif, jpeg, pdf, png, said } from '../support/files';
import { contentOf } from '../../libs/cases/src/attachment/content';

const kept = (bytes: Buffer): Buffer => Buffer.concat(contentOf(bytes).parts);
const refused = (bytes: Buffer): string => {
  try {
    return contentOf(bytes).media;
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const zip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

describe('what a file is', () => {
  it.each([
    ['pdf', pdf()],
    ['png', png()],
    ['jpeg', jpeg()],
  ])('a whole %s is kept byte for byte, and cut anywhere it is refused', (media, bytes) => {
    expect(contentOf(bytes).media).toBe(media);
    expect(kept(bytes)).toEqual(bytes);
    for (let length = 8; length < bytes.length - 1; length++)
      expect([length, refused(bytes.subarray(0, length))]).toEqual([length, 'invalid']);
  });

  it.each([
    ['a page', Buffer.from('<html><script>alert(1)</script></html>')],
    ['a picture of another kind', Buffer.from('GIF89a')],
    ['a page before a PDF', Buffer.concat([Buffer.from('<html>'), pdf()])],
    ['an archive', zip],
    ['nothing', Buffer.alloc(0)],
    ['less than a beginning', Buffer.from([0xff, 0xd8])],
  ])('%s is of the wrong type, whatever it is called', (_what, bytes) => {
    expect(refused(bytes)).toBe('unsupported-type');
  });

  it('a PDF ends where it says: nothing but space after it, no archive around it', () => {
    expect(refused(Buffer.concat([pdf(), Buffer.from('\r\n \0')]))).toBe('pdf');
    expect(refused(Buffer.concat([pdf(), Buffer.from('<script>')]))).toBe('invalid');
    const comment = pdf();
    const around = Buffer.concat([Buffer.from('%PDF-1.4\n'), zip, comment]);
    around.writeUInt16LE(comment.length, 9 + 20);
    expect(refused(around)).toBe('invalid');
  });

  it('a picture goes without its place, its owner, its texts and what stands behind its end', () => {
    const photograph = jpeg([
      exif(1),
      said(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Madame Besnard</x:xmpmeta>'),
      said(0xed, 'Photoshop 3.0\0Besnard'),
      said(0xe2, 'MPF\0'),
      said(0xfe, 'Besnard'),
    ]);
    expect(kept(Buffer.concat([photograph, Buffer.from('<script>'), jpeg()]))).toEqual(jpeg());
    const texts = png([
      ['tEXt', 'Author\0Besnard'],
      ['iTXt', 'XML:com.adobe.xmp\0Besnard'],
      ['zTXt', 'Besnard'],
      ['eXIf', 'GPS'],
      ['tIME', '1234567'],
      ['prVt', 'Besnard'],
    ]);
    expect(kept(Buffer.concat([texts, zip]))).toEqual(png());
  });

  it('it keeps what it would be drawn wrongly without: its colours, its density, which way up it is', () => {
    const icc = said(0xe2, 'ICC_PROFILE\0\x01\x01profile');
    const jfif = said(0xe0, 'JFIF\0\x01\x02\x01\0\x48\0\x48\0\0');
    const withThumbnail = said(0xe0, 'JFIF\0\x01\x02\x01\0\x48\0\x48\x01\x01abc');
    expect(kept(jpeg([jfif, icc]))).toEqual(jpeg([jfif, icc]));
    expect(kept(jpeg([withThumbnail]))).toEqual(jpeg([jfif]));
    const turned = kept(jpeg([exif(6)]));
    expect(turned.includes('Exif')).toBe(true);
    expect(turned.includes('GPS')).toBe(false);
    // Read again it says the same, and nothing else.
    expect(kept(turned)).toEqual(turned);
    expect(turned.length).toBe(jpeg().length + 36);
  });

  it('a damaged picture is refused', () => {
    const wrong = png();
    wrong[wrong.length - 14]! ^= 1;
    expect(refused(wrong)).toBe('invalid');
    expect(refused(Buffer.concat([jpeg().subarray(0, 2), Buffer.from([0xff, 0xd9])]))).toBe('invalid');
    expect(refused(Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 0xff, 0xd9]))).toBe('invalid');
  });
});
