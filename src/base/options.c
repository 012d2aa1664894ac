/* options.c -- one parser for every table of options
 *
 *     list   := [ item { "," item } ]
 *     item   := name [ "=" value ]        whitespace around an item is ignored
 *
 * A value may be empty only for TEXT.  A later item overrides an earlier one.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <vmkit/vmk_option.h>

#include "base/memory.h"

/* A piece of the text being parsed; never null-terminated. */
typedef struct options_span {
  const char *text;
  size_t length;
} options_span;

static bool
options_span_is(options_span s, const char *name)
{
  return strlen(name) == s.length && memcmp(name, s.text, s.length) == 0;
}

static options_span
options_trim(options_span s)
{
  while (s.length && strchr(" \t\n", s.text[0]))
    s.text++, s.length--;
  while (s.length && strchr(" \t\n", s.text[s.length - 1]))
    s.length--;
  return s;
}

/* Cut *rest at the first `separator`; the piece before it is returned. */
static options_span
options_cut(options_span *rest, char separator)
{
  const char *at = rest->length ? memchr(rest->text, separator, rest->length) : NULL;
  options_span piece = {rest->text, at ? (size_t)(at - rest->text) : rest->length};
  size_t used = piece.length + (at != NULL);
  rest->text += used;
  rest->length -= used;
  return piece;
}

/* --- the nearest name ------------------------------------------------------------------------------- */

/* Levenshtein distance, with one row; names longer than the row are never near. */
static size_t
options_distance(options_span a, const char *b)
{
  size_t row[64], n = strlen(b);
  if (n >= VMK_COUNT(row) || a.length >= VMK_COUNT(row))
    return SIZE_MAX;
  for (size_t j = 0; j <= n; j++)
    row[j] = j;
  for (size_t i = 1; i <= a.length; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= n; j++) {
      size_t change = diagonal + (a.text[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
      if (change < row[j])
        row[j] = change;
    }
  }
  return row[n];
}

static vmk_status
options_unknown(options_span name, const vmk_option *table, size_t count, vmk_error *error)
{
  const char *nearest = NULL;
  size_t best = name.length / 2 + 2; /* further away is no help */
  for (size_t i = 0; i < count; i++) {
    size_t distance = options_distance(name, table[i].name);
    if (distance < best) {
      best = distance;
      nearest = table[i].name;
    }
  }
  int length = name.length < 100 ? (int)name.length : 100;
  if (nearest)
    return vmk_fail(error, VMK_ERROR_OPTION, "unknown option '%.*s': did you mean '%s'?", length,
                    name.text, nearest);
  return vmk_fail(error, VMK_ERROR_OPTION, "unknown option '%.*s'; 'help' lists them", length,
                  name.text);
}

/* --- values ------------------------------------------------------------------------------------------- */

static vmk_status
options_bad(const vmk_option *row, options_span value, const char *expected, vmk_error *error)
{
  return vmk_fail(error, VMK_ERROR_OPTION, "%s=%.*s: expected %s", row->name,
                  value.length < 60 ? (int)value.length : 60, value.text ? value.text : "",
                  expected);
}

static vmk_status
options_set_flag(const vmk_option *row, options_span value, bool has_value, vmk_error *error)
{
  if (!has_value || options_span_is(value, "on") || options_span_is(value, "true"))
    *(bool *)row->target = true;
  else if (options_span_is(value, "off") || options_span_is(value, "false"))
    *(bool *)row->target = false;
  else
    return options_bad(row, value, "on or off", error);
  return VMK_OK;
}

static vmk_status
options_set_int(const vmk_option *row, options_span value, vmk_error *error)
{
  static const char expected[] = "a number, with suffix k, m or g";
  char text[32], *end;
  if (value.length == 0 || value.length >= sizeof text)
    return options_bad(row, value, expected, error);
  memcpy(text, value.text, value.length);
  text[value.length] = 0;
  errno = 0;
  long long number = strtoll(text, &end, 0);
  int shift = 0;
  if (end != text && *end) {
    const char *suffix = strchr("kKmMgG", *end);
    if (!suffix)
      return options_bad(row, value, expected, error);
    shift = 10 * (int)(1 + (suffix - "kKmMgG") / 2);
    end++;
  }
  int64_t scaled;
  if (end == text || *end || errno ||
      __builtin_mul_overflow((int64_t)number, (int64_t)1 << shift, &scaled))
    return options_bad(row, value, expected, error);
  *(int64_t *)row->target = scaled;
  return VMK_OK;
}

/* The index of value among the choices "a|b|c", or -1. */
static int
options_choice(const char *choices, options_span value)
{
  options_span rest = {choices, strlen(choices)};
  for (int i = 0; rest.length; i++) {
    options_span choice = options_cut(&rest, '|');
    if (choice.length == value.length && memcmp(choice.text, value.text, value.length) == 0)
      return i;
  }
  return -1;
}

static int
options_choice_count(const char *choices)
{
  int n = 1;
  for (const char *p = choices; *p; p++)
    n += *p == '|';
  return n;
}

static vmk_status
options_set_set(const vmk_option *row, options_span value, vmk_error *error)
{
  uint64_t bits = 0;
  options_span rest = value;
  do {
    options_span piece = options_cut(&rest, ':');
    int i = options_choice(row->choices, piece);
    if (i >= 0)
      bits |= UINT64_C(1) << i;
    else if (options_span_is(piece, "all"))
      bits |= UINT64_MAX >> (64 - options_choice_count(row->choices));
    else if (!options_span_is(piece, "none"))
      return options_bad(row, piece, row->choices, error);
  } while (rest.length);
  *(uint64_t *)row->target = bits;
  return VMK_OK;
}

static vmk_status
options_set(const vmk_option *row, options_span value, bool has_value, vmk_error *error)
{
  if (!has_value && row->type != VMK_OPTION_FLAG)
    return vmk_fail(error, VMK_ERROR_OPTION, "%s needs a value: %s=...", row->name, row->name);
  switch (row->type) {
  case VMK_OPTION_FLAG: return options_set_flag(row, value, has_value, error);
  case VMK_OPTION_INT: return options_set_int(row, value, error);
  case VMK_OPTION_CHOICE: {
    int i = options_choice(row->choices, value);
    if (i < 0)
      return options_bad(row, value, row->choices, error);
    *(int32_t *)row->target = i;
    return VMK_OK;
  }
  case VMK_OPTION_SET: return options_set_set(row, value, error);
  case VMK_OPTION_TEXT: {
    char *copy = vmk_malloc(value.length + 1);
    memcpy(copy, value.text, value.length);
    copy[value.length] = 0;
    free(*(char **)row->target);
    *(char **)row->target = copy;
    return VMK_OK;
  }
  }
  VMK_ASSERT(!"option type");
  return VMK_ERROR_OPTION;
}

vmk_status
vmk_options_parse(const char *text, const vmk_option *table, size_t count, vmk_error *error)
{
  options_span rest = {text, text ? strlen(text) : 0};
  while (rest.length) {
    options_span item = options_trim(options_cut(&rest, ','));
    if (!item.length)
      continue;
    bool has_value = memchr(item.text, '=', item.length) != NULL;
    options_span value = item, name = options_cut(&value, '=');
    if (options_span_is(name, "help") && !has_value) {
      vmk_options_help(table, count, stderr);
      continue;
    }
    const vmk_option *row = NULL;
    for (size_t i = 0; i < count && !row; i++)
      if (options_span_is(name, table[i].name))
        row = &table[i];
    if (!row)
      return options_unknown(name, table, count, error);
    vmk_status status = options_set(row, value, has_value, error);
    if (status != VMK_OK)
      return status;
  }
  return VMK_OK;
}

/* --- help --------------------------------------------------------------------------------------------- */

static void
options_print_default(const vmk_option *row, FILE *out)
{
  switch (row->type) {
  case VMK_OPTION_FLAG: fprintf(out, "%s", *(bool *)row->target ? "on" : "off"); break;
  case VMK_OPTION_INT: {
    int64_t v = *(int64_t *)row->target;
    int unit = 0;
    while (unit < 3 && v && v % 1024 == 0)
      v /= 1024, unit++;
    fprintf(out, "%lld%.*s", (long long)v, unit != 0, &" kmg"[unit]);
    break;
  }
  case VMK_OPTION_CHOICE: {
    options_span rest = {row->choices, strlen(row->choices)}, choice = {0};
    for (int i = 0; i <= *(int32_t *)row->target; i++)
      choice = options_cut(&rest, '|');
    fprintf(out, "%.*s", (int)choice.length, choice.text);
    break;
  }
  case VMK_OPTION_SET: fprintf(out, "%s", *(uint64_t *)row->target ? "some" : "none"); break;
  case VMK_OPTION_TEXT:
    fprintf(out, "%s", *(char **)row->target ? *(char **)row->target : "none");
    break;
  }
}

void
vmk_options_help(const vmk_option *table, size_t count, struct _IO_FILE *out)
{
  static const char *const forms[] = {"", "=N", "=", "=", "=text"};
  fprintf(out, "options (a comma-separated list; the current value in brackets):\n");
  for (size_t i = 0; i < count; i++) {
    const vmk_option *row = &table[i];
    int n = fprintf(out, "  %s%s%s", row->name, forms[row->type], row->choices ? row->choices : "");
    fprintf(out, "%*s%s [", n < 28 ? 28 - n : 1, "", row->help);
    options_print_default(row, out);
    fprintf(out, "]\n");
  }
}
