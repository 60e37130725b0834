import { SigningKeys, type PublishedKey } from '@harmony/access';
import { openApiSchema } from '@harmony/api';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';

const keySet = openApiSchema(
  z.object({
    keys: z.array(
      z.object({
        ...{ kty: z.string(), crv: z.string(), x: z.string(), kid: z.uuid() },
        ...{ alg: z.string(), use: z.literal('sig') },
      }),
    ),
  }),
);

/** The keys that Harmony signs with, for whoever checks a signature. */
@ApiTags('keys')
@Controller('v1/signing-keys')
export class SigningKeysController {
  constructor(private readonly keys: SigningKeys) {}

  @Get()
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOperation({
    operationId: 'listSigningKeys',
    security: [],
    summary: 'Public keys by which signatures of exports are checked: a JSON Web Key Set. Takes no credentials.',
  })
  @ApiResponse({ status: 200, description: 'All keys, also those that sign no more.', schema: keySet })
  async list(): Promise<{ keys: PublishedKey[] }> {
    return { keys: await this.keys.published() };
  }
}
