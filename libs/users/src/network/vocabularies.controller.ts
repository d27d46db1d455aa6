import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { canonicalJson, parentOf, vocabularies } from '@fil-rouge/kernel';
import { Cacheable, Requires } from '@fil-rouge/platform';
import { createHash } from 'node:crypto';
import { once } from './communes.service';
import { VocabulariesResponse, type CodeResponse } from './vocabularies.dto';

const hashOf = (of: unknown[]): string => createHash('sha256').update(canonicalJson(of)).digest('hex').slice(0, 12);

const whole = once((): VocabulariesResponse => {
  const items = Object.entries(vocabularies).map(([name, labels]) => {
    const codes = Object.entries(labels).map(([code, label]): CodeResponse => {
      const parent = name === 'themes' ? parentOf(code) : undefined;
      return { code, label, ...(parent === undefined ? {} : { parent }) };
    });
    return { name, version: hashOf(codes), codes };
  });
  return { version: hashOf(items), items };
});

@ApiTags('Vocabulary')
@Controller('vocabularies')
export class VocabulariesController {
  /** Every code list of this API, with the French label of each code. A code never changes its meaning; a label may, and codes may be added: then the version changes. */
  @Get()
  @Requires('me.read')
  @Cacheable()
  listVocabularies(): VocabulariesResponse {
    return whole();
  }
}
