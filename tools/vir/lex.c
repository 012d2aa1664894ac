/* lex.c -- tokens of the text form: names (with dots), numbers, single characters; `;` to the end of
 * the line is a comment */
#include "vir.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
vir_fail(const vir_lexer *lx, const char *format, ...)
{
  va_list args;
  fflush(stdout);
  fprintf(stderr, "vir: %s:%d: ", lx->file, lx->line);
  va_start(args, format);
  vfprintf(stderr, format, args);
  va_end(args);
  fputc('\n', stderr);
  exit(1);
}

static bool
lex_is_part(char c)
{
  return isalnum((unsigned char)c) || c == '_' || c == '.';
}

void
vir_next(vir_lexer *lx)
{
  for (;; lx->at++) {
    if (*lx->at == '\n')
      lx->line++;
    else if (*lx->at == ';')
      lx->at += strcspn(lx->at, "\n") - 1;
    else if (!isspace((unsigned char)*lx->at))
      break;
  }
  size_t n = 0;
  const char *from = lx->at;
  const bool is_number = isdigit((unsigned char)*from) || (*from == '-' && lex_is_part(from[1]));
  if (is_number) { /* the sign of an exponent belongs to it */
    for (n = 1;
         lex_is_part(from[n]) || ((from[n] == '+' || from[n] == '-') &&
                                  (from[n - 1] == 'e' || from[n - 1] == 'E') && !strchr(from, 'x'));
         n++)
      ;
  } else if (lex_is_part(*from)) {
    while (lex_is_part(from[n]))
      n++;
  } else if (*from) {
    n = 1;
  }
  if (n >= sizeof lx->word)
    vir_fail(lx, "a word of %zu characters", n);
  memcpy(lx->word, from, n);
  lx->word[n] = 0;
  lx->at += n;
}

bool
vir_is(const vir_lexer *lx, const char *word)
{
  return strcmp(lx->word, word) == 0;
}

bool
vir_accept(vir_lexer *lx, const char *word)
{
  if (!vir_is(lx, word))
    return false;
  vir_next(lx);
  return true;
}

void
vir_expect(vir_lexer *lx, const char *word)
{
  if (!vir_accept(lx, word))
    vir_fail(lx, "'%s' expected, not '%s'", word, lx->word);
}

bool
vir_is_name(const vir_lexer *lx)
{
  return isalpha((unsigned char)lx->word[0]) || lx->word[0] == '_';
}

void
vir_name(vir_lexer *lx, char to[VIR_NAME])
{
  if (!vir_is_name(lx) || strlen(lx->word) >= VIR_NAME)
    vir_fail(lx, "a name expected, not '%s'", lx->word);
  strcpy(to, lx->word);
  vir_next(lx);
}

int64_t
vir_integer(vir_lexer *lx)
{
  char *end;
  const int64_t v = lx->word[0] == '-' ? (int64_t)strtoll(lx->word, &end, 0)
                                       : (int64_t)strtoull(lx->word, &end, 0);
  if (!lx->word[0] || *end)
    vir_fail(lx, "an integer expected, not '%s'", lx->word);
  vir_next(lx);
  return v;
}

double
vir_number(vir_lexer *lx)
{
  char *end;
  const double v = strtod(lx->word, &end); /* inf and nan, too */
  if (!lx->word[0] || *end)
    vir_fail(lx, "a number expected, not '%s'", lx->word);
  vir_next(lx);
  return v;
}

vmk_type
vir_type(vir_lexer *lx)
{
  static const char *const names[VMK_TYPE_COUNT] = {
      "void", "i32", "i64", "f32", "f64", "ref", "ptr", "", "i8", "u8", "i16", "u16", "bool"};
  for (int i = 0; i < VMK_TYPE_COUNT; i++)
    if (lx->word[0] && vir_is(lx, names[i])) {
      vir_next(lx);
      return (vmk_type)i;
    }
  return VMK_TYPE_COUNT;
}
