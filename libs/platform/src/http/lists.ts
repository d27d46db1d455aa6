import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize } from 'class-validator';

/** How many a list in a body may hold; said in the contract too, which reads only numbers that are written out. */
export const AtMost = (most: number) => applyDecorators(ArrayMaxSize(most), ApiProperty({ maxItems: most }));
