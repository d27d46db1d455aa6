import { PlatformBaseline1795903200001 } from './1795903200001-baseline';
import { SealingKey1795905600001 } from './1795905600001-sealing-key';
import { KindsOfClaims1795914888012 } from './1795914888012-kinds-of-claims';
import { PartBegins1795917800001 } from './1795917800001-part-begins';
import { LinesOfDeliveries1796028000001 } from './1796028000001-lines-of-deliveries';
import { PiecesOfAThing1796400000001 } from './1796400000001-pieces-of-a-thing';
import { WhatAHashCovers1796504000001 } from './1796504000001-what-a-hash-covers';
import { Erasures1797000300001 } from './1797000300001-erasures';
import { ErasuresNoted1797000600001 } from './1797000600001-erasures-noted';
import { SealingRoots1797100300001 } from './1797100300001-sealing-roots';

export const platformMigrations = [
  PlatformBaseline1795903200001,
  SealingKey1795905600001,
  KindsOfClaims1795914888012,
  PartBegins1795917800001,
  LinesOfDeliveries1796028000001,
  PiecesOfAThing1796400000001,
  WhatAHashCovers1796504000001,
  Erasures1797000300001,
  ErasuresNoted1797000600001,
  SealingRoots1797100300001,
];
