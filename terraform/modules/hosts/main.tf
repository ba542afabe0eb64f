# Addresses of hosts as a bucket policy takes them on every store: with their /32 or /128. Without providers, so that its tests need
# no network. `cidrhost` alone is no check: it takes 010.0.0.1, 1.2.3.4/24 (as 1.2.3.0), ::ffff:1.2.3.4 (as 1.2.3.4) and 02001:db8::1.

terraform {
  required_version = ">= 1.6"
}

variable "addresses" {
  type        = list(string)
  description = "IPv4 or IPv6 addresses of single hosts, each bare or with /32 (IPv4) or /128 (IPv6)."
}

locals {
  octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
  ipv4  = "^${local.octet}(\\.${local.octet}){3}$"
  ipv6  = "^[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,8}$"

  entries = distinct([for entry in var.addresses : entry == null ? "" : entry])

  parts = {
    for entry in local.entries : entry => {
      address = split("/", entry)[0]
      # All that follows the first slash; null where there is none.
      length = try(regex("/(.*)$", entry)[0], null)
    }
  }

  read = {
    for entry, part in local.parts : entry => {
      isIpv4 = can(regex(local.ipv4, part.address))
      # Shortest form in lower case; an IPv4 address where one is written as IPv6, with or without dots.
      ipv6 = can(regex(local.ipv6, part.address)) ? try(cidrhost("${part.address}/128", 0), null) : null
    }
  }

  bits = { for entry, read in local.read : entry => read.isIpv4 ? 32 : 128 }

  # What speaks against each entry, the plainest reason first.
  reasons = {
    for entry, part in local.parts : entry => compact([
      entry == "" ? "is empty" : "",
      can(regex("[^!-~]", entry)) ? "has a space or a character that no address has" : "",
      can(regex("^[^:]*[A-Za-z][^:]*$", part.address)) ? "is a name, and a policy looks up no names: write the address" : "",
      can(regex("[0-9A-Fa-f:]-[0-9A-Fa-f:]", entry)) ? "is a range: list each host" : "",
      can(regex("^[0-9]+([.][0-9]+){3}$", part.address)) && can(regex("(^|[.])0[0-9]", part.address))
      ? "has a leading zero, which some programs read as octal" : "",
      can(regex("^[0-9A-Fa-f:]+:[0-9.]+[.]", part.address)) || strcontains(coalesce(local.read[entry].ipv6, "-"), ".")
      ? "is an IPv4 address written as IPv6: write it as IPv4" : "",
      !local.read[entry].isIpv4 && local.read[entry].ipv6 == null ? "is not an IPv4 or IPv6 address" : "",
      can(regex("^(0|22[4-9]|2[345][0-9])[.]", part.address)) || can(regex("^(::$|ff)", local.read[entry].ipv6))
      ? "is no address that a host can have" : "",
      part.length != null && !can(regex("^(0|[1-9][0-9]{0,2})$", part.length)) ? "has no number of bits after its slash" : "",
      try(tonumber(part.length) > local.bits[entry], false) ? "has more bits after its slash than the ${local.bits[entry]} of an address" : "",
      try(tonumber(part.length) < local.bits[entry], false) ? "is a range: list each host, bare or with /${local.bits[entry]}" : "",
    ])
  }

  refused = { for entry, reasons in local.reasons : entry => "“${entry}” ${reasons[0]}." if length(reasons) > 0 }
  taken = {
    for entry, part in local.parts : entry => "${local.read[entry].isIpv4 ? part.address : local.read[entry].ipv6}/${local.bits[entry]}"
    if length(local.reasons[entry]) == 0
  }
}

output "cidrs" {
  description = "Each host once, with /32 or /128, IPv6 in its shortest form, sorted."
  value       = sort(distinct(values(local.taken)))

  precondition {
    condition     = length(local.refused) == 0
    error_message = join("\n", values(local.refused))
  }
}
